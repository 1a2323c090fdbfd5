/** Whether the report for whoever looks for a fault is shown. */
class Diagnostics {
  isOpen = $state(false);
}

/** The dialog with the report: opened on a page, from the palette or where the app failed. */
export const diagnostics = new Diagnostics();
