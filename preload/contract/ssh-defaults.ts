/** The port of SSH where none is named. */
export const defaultSshPort = 22;
/** Who signs in to an instance where nobody says. */
export const defaultSshUser = 'root';
