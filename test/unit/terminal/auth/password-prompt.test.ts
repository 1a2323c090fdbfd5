import { expect, test } from 'vitest';
import { asksForPassword } from '../../../../main/terminal/process/auth/password-prompt.ts';

test.each([
  'Password: ',
  'password',
  'Password for jane@web:',
  'Password for jane@EXAMPLE.COM: ',
  'Password for jane@new.code.example:',
  "(jane@web) jane's password: ",
  '(token@web) Password: ',
  'Password (LDAP): ',
  'LDAP Password:',
  'Current password: ',
  'Enter your UNIX password:',
  'Passwort: ',
  'Kennwort für jane: ',
  'Systempasswort: ',
  'Mot de passe : ',
  'Contraseña: ',
  'Contrasen\u0303a: ',
  'Senha: ',
  'Palavra-passe: ',
  'Wachtwoord: ',
  'Lösenord: ',
  'Adgangskode: ',
  'Hasło: ',
  'Heslo: ',
  'Jelszó: ',
  'Parola: ',
  'Salasana: ',
  'Пароль: ',
  'Κωδικός: ',
  '密码：',
  '密碼：',
  '口令：',
  'パスワード: ',
  '암호: ',
])('asks for the password: %s', (prompt) => {
  expect(asksForPassword([{ prompt, echo: false }])).toBe(true);
});

test.each([
  'Verification code: ',
  "One-time password (OATH) for `jane': ",
  'One-time password: ',
  'OTP password: ',
  'Password + token: ',
  'Password and PIN: ',
  'Password or code: ',
  'Enter PASSCODE: ',
  'Enter passphrase for key: ',
  'New password: ',
  'Retype new UNIX password: ',
  'Enter it again, the password: ',
  'Second password: ',
  'Dynamic password: ',
  'Password sent by SMS: ',
  'What is the hint of your password?',
  'Einmalpasswort: ',
  'Einmal-Kennwort: ',
  'Neues Passwort: ',
  'Nouveau mot de passe : ',
  'Mot de passe à usage unique : ',
  'Confirmez le mot de passe : ',
  'Nueva contraseña: ',
  'Nova senha: ',
  'Nieuw wachtwoord: ',
  'Nytt lösenord: ',
  'Hasło jednorazowe: ',
  'Новый пароль: ',
  'Одноразовый пароль: ',
  'Повторите пароль: ',
  '新密码：',
  '新的 密码：',
  '一次性密码：',
  '新しいパスワード: ',
  'ワンタイムパスワード: ',
  '새 암호: ',
  'Your password has expired.\nPassword: ',
  'Answer: ',
  '',
])('asks for something else: %s', (prompt) => {
  expect(asksForPassword([{ prompt, echo: false }])).toBe(false);
});

test('neither does a question whose answer is shown, nor one of two', () => {
  const hidden = { prompt: 'Password: ', echo: false };
  expect(asksForPassword([{ ...hidden, echo: true }])).toBe(false);
  expect(asksForPassword([hidden, hidden])).toBe(false);
  expect(asksForPassword([])).toBe(false);
});
