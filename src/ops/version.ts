import manifest from '../../package.json' with { type: 'json' };

/** Version of the program, e.g. `0.1.0`. */
export const VERSION = manifest.version;
