import { postgresHarness } from '../storage/postgres-harness.ts';
import { storeContract } from './store.contract.ts';

// @module-tag soak: contract/sqlite has the same suite; storage/postgres-* and e2e/postgres have PostgreSQL.

storeContract('PostgreSQL', () => postgresHarness());
