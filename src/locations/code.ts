/** How the code of a location is written. Anything else names none, and is not worth asking the database about. */
export const LOCATION_CODE = /^[A-Z0-9][A-Z0-9_-]{0,31}$/
