import './polyfills.ts'
import 'htmx.org'
import { followLocation } from './consumer-choices.ts'
import { offerCopies } from './copy-link.ts'
import { sayDatesInWords } from './dates-in-words.ts'
import { dropScriptless, keepPlace, openDrawers } from './drawer.ts'
import { editRows } from './edit-row.ts'
import { moveFocus } from './focus.ts'
import { keepFresh } from './fresh.ts'
import { echoTypedLitres } from './litre-echo.ts'
import { helpWithPasswords } from './password.ts'
import { offerPrint } from './print.ts'
import {
  dropEmptyFilters,
  freeButtonsOnReturn,
  ignoreSecondPresses,
  reportTrouble,
  showMarkedAnswers,
  stayWithForms,
} from './requests.ts'

echoTypedLitres()
followLocation()
sayDatesInWords()
moveFocus()
openDrawers()
offerPrint()
dropScriptless()
// After the focus has moved to the status line, which stands far above.
keepPlace()
editRows()
reportTrouble()
showMarkedAnswers()
stayWithForms()
dropEmptyFilters()
freeButtonsOnReturn()
ignoreSecondPresses()
offerCopies()
helpWithPasswords()
keepFresh()
