import { postgresHarness } from '../storage/postgres-harness.ts';
import { storeContract } from './store.contract.ts';

storeContract('PostgreSQL', () => postgresHarness());
