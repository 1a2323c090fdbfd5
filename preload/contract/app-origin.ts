/** The only origin that the window ever loads. */
export const appOrigin = 'app://evorxa';
