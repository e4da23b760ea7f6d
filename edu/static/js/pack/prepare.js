// Makes the page of a pack ready; imported before the elements, which come to life as they are imported.

import { prepare } from './inline.js';

prepare(document);
