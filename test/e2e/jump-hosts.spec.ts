import { expect, test } from '../support/journey.ts';
import { instanceId } from '../support/evorxa-steps.ts';
import { sshdMissing, startSshd, type Sshd } from '../support/sshd.ts';
import { expectShell } from '../support/sshd-steps.ts';
import {
  chooseForInstance,
  openInstance,
  saveSshSettings,
  setSize,
  signIn,
} from '../support/window-steps.ts';

const missing = sshdMissing();
test.skip(missing !== null, String(missing));

let servers: Sshd[] = [];
test.afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});

test('a jump host is set in the form, asked about by its name, and shown in the tab', async ({
  launch,
  startSandbox,
}, info) => {
  const [jump, instance] = (servers = [await startSshd(), await startSshd()]);
  if (jump === undefined || instance === undefined) throw new Error('no servers');
  const sandbox = await startSandbox();
  const { app, window } = await launch();
  const picture = async (name: string): Promise<void> => {
    await window.screenshot({ path: info.outputPath(`${name}.png`) });
  };
  await signIn(window, sandbox);
  const { host, port, user } = instance;
  const auth = { method: 'password' } as const;
  await saveSshSettings(window, await instanceId(sandbox, 'api-prod-1'), { host, port, user, auth });

  await openInstance(window, 'api-prod-1');
  await window.getByRole('button', { name: 'Edit SSH settings' }).click();
  const form = window.getByRole('alertdialog', { name: 'SSH settings of api-prod-1' });
  await form.getByLabel('Jump host', { exact: true }).click();
  await window.getByRole('option', { name: 'Other host…' }).click();
  const address = form.getByLabel('Jump host address');
  await address.fill('jane@bastion:99999');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toContainText('Enter user@host:port.');
  await address.fill(`${jump.user}@127.0.0.1:${jump.port}`);
  await form.getByLabel('Agent forwarding').click();
  await window.getByRole('option', { name: 'On', exact: true }).click();
  await expect(form).toContainText('whoever controls the instance can sign in elsewhere with your keys');
  await picture('form');
  await setSize(app, 900, 600);
  await picture('form-small');
  await setSize(app, 1280, 800);
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toHaveCount(0);
  const way = `${instance.user}@127.0.0.1:${port} through ${jump.user}@127.0.0.1:${jump.port}`;
  await expect(window.getByText(way.slice(instance.user.length + 1))).toBeVisible();
  await picture('fact');

  await window
    .getByRole('link', { name: /^Instances/ })
    .first()
    .click();
  await chooseForInstance(window, 'api-prod-1', /^SSH/);
  const question = window.getByRole('alertdialog');
  await expect(question).toContainText(`Trust the jump host 127.0.0.1 port ${jump.port}?`);
  await expect(question.getByRole('button', { name: 'Open console' })).toHaveCount(0);
  await picture('jump-host-key');
  await question.getByRole('button', { name: 'Trust and connect' }).click();
  const password = window.getByLabel('Password', { exact: true });
  await expect(window.getByRole('form', { name: `Password of ${jump.user} on 127.0.0.1` })).toBeVisible();
  await password.fill(jump.password);
  await window.keyboard.press('Enter');
  await expect(question).toContainText(`Trust api-prod-1 at 127.0.0.1 port ${port}?`);
  await question.getByRole('button', { name: 'Trust and connect' }).click();
  await expect(window.getByRole('form', { name: `Password of ${user} on 127.0.0.1` })).toBeVisible();
  await password.fill(instance.password);
  await window.keyboard.press('Enter');
  await expectShell(window);
  await expect(window.getByText(way)).toBeVisible();
  await picture('tab');
  await setSize(app, 900, 600);
  await picture('tab-small');
  await setSize(app, 1280, 800);

  await jump.kill();
  const end = window.getByRole('tabpanel').getByRole('status');
  await expect(end).toContainText(
    `At the jump host ${jump.user}@127.0.0.1:${jump.port}: The connection was lost`,
  );
  await expect(end.getByRole('button', { name: 'Connect again' })).toBeVisible();
  await picture('lost');
});
