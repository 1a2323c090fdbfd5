import { Tooltip } from 'bits-ui';

/** Joins every trigger of the window to the one tooltip that is drawn, by TooltipHost. */
export const tooltipTether = Tooltip.createTether<string>();
