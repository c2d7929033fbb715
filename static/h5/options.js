// What may be chosen and how long texts may be: the same for everybody, so it is asked once.
import { get } from './api.js';

let answer;

export function options() {
  answer = answer || get('meetings/options/').catch((problem) => {
    answer = undefined; // the next page asks again
    throw problem;
  });
  return answer;
}
