/** Prefix of the signature under which a refused draft is remembered, by its commits. */
export const DRAFT_SIGNATURE = 'context:';
