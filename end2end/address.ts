// Where the server of the journeys listens. PORT lets two clones try theirs side by side.
const PORT = Number(process.env.PORT ?? 3170);

export const address = (offset = 0) => `http://${host(offset)}`;
export const host = (offset = 0) => `127.0.0.1:${PORT + offset}`;
