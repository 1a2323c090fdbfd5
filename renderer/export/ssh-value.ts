/** A value with a backslash in front of what ends or changes a quoted one, as OpenSSH reads it since 8.7. */
export const escapedForSsh = (value: string): string => value.replaceAll(/[\\"]/g, String.raw`\$&`);

/** A value in quotes, for a line of ssh_config(5). */
export const quotedForSsh = (value: string): string => `"${escapedForSsh(value)}"`;

/** A path in which ssh finds no token such as `%h`. */
export const withoutTokens = (path: string): string => path.replaceAll('%', '%%');

/** Whether ssh looks for a variable in a value. There is no way to write `${` itself. */
export const expandsVariable = (value: string): boolean => value.includes('${');
