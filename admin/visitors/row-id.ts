/** Ids in the page by which the field names the list and the row that the arrows have reached. */
export const visitListId = 'xm-visit-list';
export const visitRowId = (visitId: string) => `xm-visit-${visitId}`;
