/** What `electron.vite.config.ts` writes into the build; nothing of it is there in a test. */
declare const __EVORXA_COMMIT__: string | undefined;
declare const __EVORXA_BUILT_AT_S__: number | undefined;

/** Where this build comes from. */
export interface BuildInfo {
  /** The commit's short hash, with a plus where files were changed since; null: not built out of a repository. */
  readonly commit: string | null;
  /** The date of the build (epoch): that of its commit, so that the same commit is the same build; null: not known. */
  readonly dateMs: number | null;
}

/** What is known of this build. */
export const buildInfo: BuildInfo = {
  commit: typeof __EVORXA_COMMIT__ === 'string' && __EVORXA_COMMIT__ !== '' ? __EVORXA_COMMIT__ : null,
  dateMs:
    typeof __EVORXA_BUILT_AT_S__ === 'number' && __EVORXA_BUILT_AT_S__ > 0
      ? __EVORXA_BUILT_AT_S__ * 1_000
      : null,
};
