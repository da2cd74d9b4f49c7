import { checkGolden } from './check.ts';
import { SOCKET_FLOWS } from './transcripts.ts';

checkGolden(SOCKET_FLOWS, 120_000);
