import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { layersRule, partsOfViews, whyNotImport } from '../../eslint-layers.js';

describe('a file of the renderer', () => {
  it.each([
    ['views/instances/InstanceList.svelte', 'components/data/Table.svelte'],
    ['views/instances/InstanceList.svelte', 'state/dock.svelte.ts'],
    ['views/instance/parts.ts', 'views/instance-system/InstanceSystem.svelte'],
    ['views/instance/parts.ts', 'views/instance/InstanceOverview.svelte'],
    ['dock/Dock.svelte', 'terminal/TerminalPane.svelte'],
    ['components/layout/Sidebar.svelte', 'components/data/Avatar.svelte'],
    ['state/app.svelte.ts', 'client.ts'],
    ['pages/pages.ts', 'views/wallet/WalletPage.svelte'],
    ['App.svelte', 'window/MainWindow.svelte'],
  ])('%s may import %s, which is below', (from, to) => {
    expect(whyNotImport(from, to)).toBeNull();
  });

  it.each([
    ['state/act.ts', 'views/instances/power-question.svelte.ts'],
    ['components/layout/AppFrame.svelte', 'state/app.svelte.ts'],
    ['components/action/Button.svelte', 'client.ts'],
    ['terminal/SessionOverlay.svelte', 'dock/dock-entry.ts'],
    ['console/ConsolePane.svelte', 'terminal/TerminalPane.svelte'],
    ['charts/series.ts', 'export/csv.ts'],
    ['dock/Dock.svelte', 'views/instances/InstanceList.svelte'],
    ['views/instances/InstanceList.svelte', 'dock/Dock.svelte'],
    ['views/wallet/WalletPage.svelte', 'palette/palette.svelte.ts'],
    ['views/sign-in/SignIn.svelte', 'window/Banners.svelte'],
    ['palette/app-commands.ts', 'window/shortcut-list.ts'],
    ['window/Page.svelte', 'App.svelte'],
    ['window/Page.svelte', 'gallery/sample.ts'],
    ['views/instance-system/PlanCard.svelte', 'views/instance/InstancePage.svelte'],
    ['views/wallet/WalletPage.svelte', 'views/shield/ShieldPage.svelte'],
    ['toolbox/thing.ts', 'components/icon.ts'],
    ['views/wallet/WalletPage.svelte', 'toolbox/thing.ts'],
  ])('%s may not import %s', (from, to) => {
    expect(whyNotImport(from, to)).toEqual(expect.any(String));
  });

  it('has a place among the layers, whatever folder it is in', () => {
    const folders = readdirSync(resolve(import.meta.dirname, '../../renderer')).filter(
      (name) => !name.endsWith('.html'),
    );
    for (const folder of folders) {
      expect(whyNotImport(`${folder}/one/a.ts`, `${folder}/one/b.ts`), folder).toBeNull();
    }
  });
});

it('no two views are made with parts of each other', () => {
  const visit = (view: string, path: readonly string[]): void => {
    expect(path).not.toContain(view);
    for (const part of partsOfViews[view] ?? []) visit(part, [...path, view]);
  };
  for (const view of Object.keys(partsOfViews)) visit(view, []);
});

describe('the rule', () => {
  const messagesOf = (file: string, code: string): readonly string[] =>
    new Linter({ configType: 'flat' })
      .verify(
        code,
        {
          files: ['**'],
          plugins: { evorxa: { rules: { layers: layersRule } } },
          rules: { 'evorxa/layers': 'error' },
        },
        { filename: resolve(import.meta.dirname, '../../renderer', file) },
      )
      .map(({ message }) => message);

  it.each([
    "import { askPower } from '../views/instances/power-question.svelte.ts';",
    "import '../views/instances/InstanceList.svelte';",
    "export { askPower } from '../views/instances/power-question.svelte.ts';",
    "export * from '../views/instances/power-question.svelte.ts';",
    "const load = () => import('../views/wallet/WalletPage.svelte');",
  ])('finds %s below the views', (code) => {
    expect(messagesOf('state/windowRequests.js', code)).toEqual([
      'state is not above views: take it as an argument, or move what both need below (eslint-layers.js).',
    ]);
  });

  it('lets pass what is below, what is outside, and packages', () => {
    const code =
      "import '../components/icon.ts'; import '../../preload/contract/app.ts'; import 'svelte'; export const one = 1;";
    expect(messagesOf('state/windowRequests.js', code)).toEqual([]);
  });

  it('goes by the whole path, however deep the file is', () => {
    expect(messagesOf('views/wallet/parts/deep.js', "import '../../../window/Page.svelte';")).toHaveLength(1);
    expect(messagesOf('views/wallet/parts/deep.js', "import '../WalletPage.svelte';")).toEqual([]);
  });
});
