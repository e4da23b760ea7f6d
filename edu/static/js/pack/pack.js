// All scripts of a lesson pack. edu/services/packing/bundling.py makes one classic script of it: files have no modules.

import './prepare.js';
import '../player/edu-player.js';
import '../player/edu-chapters.js';
import '../player/edu-transcript.js';
import '../quiz/edu-hotspot.js';
import '../quiz/edu-labels.js';
import '../quiz/edu-limit.js';
import '../quiz/edu-ordering.js';
import '../quiz/edu-picture.js';
import './edu-pack-quiz.js';
