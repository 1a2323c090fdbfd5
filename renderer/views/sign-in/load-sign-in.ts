/** Loads the page for signing in: who is signed in opens it rarely. */
export const loadSignIn = () => import('./SignIn.svelte');
