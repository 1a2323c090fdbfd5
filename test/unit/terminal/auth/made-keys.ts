import made from './made-keys.json' with { type: 'json' };

/** Key files that ssh-keygen and puttygen have written once, and their fingerprints as `ssh-keygen -l` prints them. */
export const { passphrase, fingerprints } = made;

/** The text of one of them, by its name there. */
export const madeKey = (name: keyof typeof made.texts): string => made.texts[name];

/** The public key of a `.pub` in wire format. */
export const blobOf = (line: string): Buffer => Buffer.from(line.split(' ')[1] ?? '', 'base64');
