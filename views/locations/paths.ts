export const LOCATIONS_PATH = '/locations'
export const NEW_LOCATION_PATH = `${LOCATIONS_PATH}/new`

export const locationHref = (id: number): string => `${LOCATIONS_PATH}/${id}`
export const locationEditHref = (id: number): string => `${locationHref(id)}/edit`

export const consumersHref = (locationId: number): string => `${locationHref(locationId)}/consumers`
export const newConsumerHref = (locationId: number): string => `${consumersHref(locationId)}/new`

export const consumerHref = (id: number): string => `/consumers/${id}`
export const consumerEditHref = (id: number): string => `${consumerHref(id)}/edit`
