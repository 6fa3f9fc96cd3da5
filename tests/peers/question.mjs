// What a comparison is about, from standard input: { address, key, flags: [], contexts: [{ key, attributes, org? }] }.
// The answer goes to standard output: for each context, the value of each flag.
import { text } from 'node:stream/consumers';

export const question = JSON.parse(await text(process.stdin));

export async function answer(evaluate) {
    const answers = [];
    for (const context of question.contexts) {
        const values = {};
        for (const flag of question.flags) values[flag] = await evaluate(flag, context);
        answers.push(values);
    }
    await new Promise((written) => process.stdout.write(JSON.stringify(answers), written));
    process.exit(0);
}
