export { AppPortForwards } from './port-forwards.ts';
