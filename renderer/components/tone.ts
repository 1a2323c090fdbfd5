/** What a colour says; each tone has a text colour and a soft ground of that name in the tokens. */
export type Tone = 'neutral' | 'ok' | 'busy' | 'warn' | 'bad';
