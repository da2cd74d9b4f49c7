import { sqliteHarness } from '../storage/sqlite-harness.ts';
import { storeContract } from './store.contract.ts';

storeContract('SQLite', () => sqliteHarness());
