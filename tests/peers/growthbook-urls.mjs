// Whether addresses are those of patterns: { flags: [pattern as JSON], contexts: [{ key: address }] }.
import { isURLTargeted } from '@growthbook/growthbook';
import { answer } from './question.mjs';

await answer((pattern, context) => isURLTargeted(context.key, JSON.parse(pattern)));
