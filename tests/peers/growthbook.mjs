import { GrowthBookClient } from '@growthbook/growthbook';
import { question, answer } from './question.mjs';

const client = new GrowthBookClient({ apiHost: question.address, clientKey: question.key });
const start = await client.init({ timeout: 10000 });
if (!start.success) throw start.error ?? new Error('GrowthBook gave no features.');
await answer((flag, context) => client.evalFeature(flag, { attributes: { id: context.key, ...context.attributes } }).value);
