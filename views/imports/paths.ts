export const IMPORTS_PATH = '/imports'
export const PREVIEWS_PATH = '/imports/previews'

export const previewHref = (draftId: string): string => `${PREVIEWS_PATH}/${draftId}`
