// Starts an Unleash server: DATABASE_URL and HTTP_PORT say where; the tokens are the server's own variables.
import { start } from 'unleash-server';

await start({
    databaseUrl: process.env.DATABASE_URL,
    databaseSSL: false,
    server: { port: Number(process.env.HTTP_PORT), host: '127.0.0.1' },
});
