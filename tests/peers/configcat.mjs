import * as configcat from 'configcat-node';
import { question, answer } from './question.mjs';

const client = configcat.getClient(question.key, configcat.PollingMode.ManualPoll, {
    baseUrl: question.address, logger: configcat.createConsoleLogger(configcat.LogLevel.Off),
});
await client.forceRefreshAsync();
await answer((flag, context) => client.getValueAsync(flag, null, { identifier: context.key, custom: context.attributes }));
