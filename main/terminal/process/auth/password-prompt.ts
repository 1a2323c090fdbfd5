import type { Prompt } from 'ssh2';

/** A password, in the languages in which Linux-PAM asks for one. */
const passwordWords = [
  'password|passwd|passwort|kennwort|wachtwoord|lösenord|passord|adgangskode|kodeord|mot de passe',
  'contraseña|contrasenya|contrasinal|senha|palavra[- ]passe|parola|parolă|parole|parool|salasana|jelszó',
  'hasło|heslo|geslo|lozinka|zaporka|slaptažodis|şifre|mật khẩu|kata sandi|пароль|парола|лозинка',
  'κωδικός|συνθηματικό|סיסמה|ססמה|كلمة المرور|كلمة السر|گذرواژه|รหัสผ่าน|पासवर्ड|পাসওয়ার্ড|கடவுச்சொல்',
  '密码|密碼|口令|パスワード|암호|비밀번호',
].join('|');

/** What makes it another secret, wherever it stands: one that is used once, chosen again, or typed again. */
const otherSecrets = [
  'one[- ]?time|passcode|authenticat|dynamic|verif|confirm|retype|re-?enter|repeat|repet|einmal|bestätig',
  'wiederhol|erneut|usage unique|un solo uso|nouveau|nouvelle|eenmalig|jednoraz|kertakäyt|engangs|engång',
  'одноразов|повтор|подтверд|нового|新|一次性|动态|動態|验证|驗證|确认|確認|再|ワンタイム|새|일회용|확인|[?？]',
].join('|');

/** The same, where it is a word by itself: part of another it says nothing. */
const otherWords = [
  'code|código|codice|kod|kode|код|otp|totp|hotp|token|pin|tan|2fa|mfa|duo|sms|sent|email|hint|new|again',
  'second|next|neu|neue|neues|nueva|nuevo|nova|novo|nuova|nieuw|nieuwe|nytt|nye|ny|nové|nowe|nouă|yeni|uusi',
  'új|новый|encore|nochmals|única',
].join('|');

const namesPassword = new RegExp(passwordWords, 'iu');
const namesOther = new RegExp(`${otherSecrets}|(?<![\\p{L}\\p{N}])(?:${otherWords})(?![\\p{L}\\p{N}])`, 'iu');

/**
 * Whether a server asks for the password of the user: one line, whose answer is hidden, and which names a password, as
 * `Password for jane@web:` or `Passwort: `. A kept password answers nothing else.
 */
export function asksForPassword(prompts: readonly Prompt[]): boolean {
  const [only, ...more] = prompts;
  if (only === undefined || more.length > 0 || only.echo === true) return false;
  const line = only.prompt.normalize('NFC').trim();
  // Whose it is says nothing: `Password for jane@new.example:`.
  return (
    namesPassword.test(line) && !/[\r\n]/.test(line) && !namesOther.test(line.replaceAll(/\S*@\S*/g, ''))
  );
}
