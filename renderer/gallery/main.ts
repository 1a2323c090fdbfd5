/** The gallery: every component in every state on pages of made-up data. For development; no app code. */
import { mount } from 'svelte';
import { useLocales } from '../../preload/contract/locales.ts';
import '../styles/base.css';
import Gallery from './Gallery.svelte';

useLocales(window.evorxa.locales);
const target = document.getElementById('gallery');
if (target === null) throw new Error('gallery.html has no #gallery');
mount(Gallery, { target });
