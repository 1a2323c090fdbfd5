/**
 * The channel, and the `type` of the `window` message, that bring a terminal session's port to the page:
 * `event.data` is `{ type: sessionPortMessage, sessionId }`, the port is `event.ports[0]`.
 */
export const sessionPortMessage = 'evorxa:session-port';
