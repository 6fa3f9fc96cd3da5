// OpenFeature's server SDK with its OFREP provider: one line of JSON in, one line out.
import { createInterface } from 'node:readline';
import { OpenFeature } from '@openfeature/server-sdk';
import { OFREPProvider } from '@openfeature/ofrep-provider';

const verbs = { boolean: 'getBooleanDetails', string: 'getStringDetails', number: 'getNumberDetails', object: 'getObjectDetails' };
let client;
for await (const line of createInterface({ input: process.stdin })) {
  const { start, ask } = JSON.parse(line);
  let answer = {};
  if (start) {
    await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: start }));
    client = OpenFeature.getClient();
  }
  if (ask) answer = await client[verbs[ask.type]](ask.key, ask.fallback, ask.context ?? {});
  console.log(JSON.stringify(answer));
}
