// Vite plugin: writes scripts so that V8 keeps them a byte a character.

/** The first character that V8 has no byte for. */
const wide = /(\\*)([\u0100-\uffff])/g;

/**
 * V8 keeps a script's text for as long as the script lives, two bytes a character as soon as one of them is not Latin-1: one
 * typographic apostrophe doubles it. Here those are written as escapes.
 * @returns {import('vite').Plugin}
 */
export function oneByteScripts() {
  return {
    name: 'one-byte-scripts',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle))
          if (file.type === 'chunk') file.code = oneByteScript(file.code);
      },
    },
  };
}

/**
 * The same script in Latin-1. Strings, templates, regular expressions and names all know the escape; what is left is a template
 * that is read raw, of which no script here has one.
 * @param {string} code
 * @returns {string} Throws where a character has a backslash of its own before it.
 */
export function oneByteScript(code) {
  return code.replaceAll(wide, (_all, /** @type {string} */ backslashes, /** @type {string} */ character) => {
    if (backslashes.length % 2 === 1) throw new Error(`A script has a backslash before "${character}".`);
    return `${backslashes}\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
