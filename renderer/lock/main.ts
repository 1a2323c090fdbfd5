/** The page that stands in place of the app's own while the app is locked. */
import { mount } from 'svelte';
import { useLocales } from '../../preload/contract/locales.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import LockScreen from './LockScreen.svelte';

useLocales(window.evorxa.locales);
document.documentElement.dataset['platform'] = window.evorxa.platform;
const target = document.getElementById('lock');
if (target === null) throw new Error('lock.html has no #lock');
mount(LockScreen, { target });
