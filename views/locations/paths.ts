export const LOCATIONS_PATH = '/locations'
export const NEW_LOCATION_PATH = `${LOCATIONS_PATH}/new`
/** Any location, as a route is declared. */
export const PLACE = `${LOCATIONS_PATH}/:id{[1-9][0-9]{0,14}}`

export const locationHref = (id: number): string => `${LOCATIONS_PATH}/${id}`
export const locationEditHref = (id: number): string => `${locationHref(id)}/edit`

export const consumersHref = (locationId: number): string => `${locationHref(locationId)}/consumers`
export const newConsumerHref = (locationId: number): string => `${consumersHref(locationId)}/new`

export const consumerHref = (id: number): string => `/consumers/${id}`
export const consumerEditHref = (id: number): string => `${consumerHref(id)}/edit`
