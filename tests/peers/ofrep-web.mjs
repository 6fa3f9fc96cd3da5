// OpenFeature's web SDK with its OFREP provider, in Node: one line of JSON in, one line out. Each request and change is told in the next answer.
import { createInterface } from 'node:readline';
import { OpenFeature, ProviderEvents } from '@openfeature/web-sdk';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { FetchEventSource } from './ofrep-event-source.mjs';

globalThis.EventSource = FetchEventSource;
const verbs = { boolean: 'getBooleanDetails', string: 'getStringDetails', number: 'getNumberDetails', object: 'getObjectDetails' };
const statuses = [], changes = [];
const noted = async (...request) => {
  const response = await fetch(...request);
  statuses.push(response.status);
  return response;
};
let client;
for await (const line of createInterface({ input: process.stdin })) {
  const { start, context, ask, quit } = JSON.parse(line);
  let details = null, fault = null;
  try {
    if (start) {
      await OpenFeature.setContext(start.context);
      client = OpenFeature.getClient();
      client.addHandler(ProviderEvents.ConfigurationChanged, event => changes.push(event.flagsChanged));
      await OpenFeature.setProviderAndWait(new OFREPWebProvider({ baseUrl: start.address, pollInterval: start.pollInterval, changeDetection: start.changeDetection, cacheMode: 'disabled', fetchImplementation: noted }));
    }
    if (context) await OpenFeature.setContext(context);
    if (ask) details = client[verbs[ask.type]](ask.key, ask.fallback);
  } catch (error) {
    fault = `${error}`;
  }
  console.log(JSON.stringify({ details, fault, statuses, changes, streams: FetchEventSource.open }));
  if (quit) process.exit(0);
}
