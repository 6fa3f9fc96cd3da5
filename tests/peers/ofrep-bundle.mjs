// Writes ofrep-page.mjs with all that it needs as one module.
import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild-wasm';

const made = await build({
  entryPoints: [fileURLToPath(new URL('ofrep-page.mjs', import.meta.url))],
  bundle: true, format: 'esm', platform: 'browser', write: false, logLevel: 'error',
});
process.stdout.write(made.outputFiles[0].text);
await stop();
