/* What a connection to a console takes of Node's TLS and HTTP: loaded with the first one. */
export { openSecureSocket } from './secure-socket.ts';
export { trustedRoots } from './trusted-roots.ts';
