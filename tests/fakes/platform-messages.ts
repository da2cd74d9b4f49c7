// Platforms add their texts when they are loaded, as the program loads all of them at the start.
import '../../src/platforms/console/assets.ts';
import '../../src/platforms/registry.ts';
