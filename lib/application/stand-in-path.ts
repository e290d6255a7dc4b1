/** No id that a team may give. */
export const STAND_IN = '~';

/** Whether a construct path is that of a stand-in for an application. */
export const isStandInPath = (path: string): boolean =>
  path === STAND_IN || path.endsWith(`/${STAND_IN}`);
