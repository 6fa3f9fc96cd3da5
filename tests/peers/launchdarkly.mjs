import * as ld from '@launchdarkly/node-server-sdk';
import { question, answer } from './question.mjs';

const client = ld.init(question.key, {
    baseUri: question.address, streamUri: question.address, eventsUri: question.address,
    stream: false, sendEvents: false, diagnosticOptOut: true, logger: ld.basicLogger({ level: 'error', destination: console.error }),
});
await client.waitForInitialization({ timeout: 10 });
await answer((flag, context) => {
    const user = { ...context.attributes, key: context.key };
    return client.variation(flag, context.org ? { kind: 'multi', user, org: { key: context.org } } : { kind: 'user', ...user }, null);
});
