/** What decides where the lines of a text break and how high they are. */
const measures = [
  'borderStyle',
  'borderWidth',
  'fontFamily',
  'fontSize',
  'fontStyle',
  'fontWeight',
  'letterSpacing',
  'lineHeight',
  'padding',
  'tabSize',
  'textIndent',
] as const;

/** A place in a page, in pixels from the top left of an element. */
export interface Place {
  left: number;
  top: number;
  height: number;
}

/**
 * Where the line of a letter of a text field stands, seen from another element. No browser says so; a copy
 * of the field, set with the same measures and out of sight, does.
 */
export function placeOf(field: HTMLTextAreaElement, letter: number, seenFrom: Element): Place {
  const style = getComputedStyle(field);
  const copy = document.createElement('div');
  for (const name of measures) copy.style[name] = style[name];
  Object.assign(copy.style, {
    position: 'absolute',
    visibility: 'hidden',
    boxSizing: 'border-box',
    width: `${field.clientWidth + 2 * field.clientLeft}px`, // without a bar to scroll by
    whiteSpace: 'pre-wrap',
    overflowWrap: 'break-word',
  });
  const mark = document.createElement('span');
  mark.textContent = field.value.charAt(letter);
  copy.append(field.value.slice(0, letter), mark);
  document.body.append(copy);
  const { offsetLeft, offsetTop, offsetHeight } = mark;
  copy.remove();
  const [at, from] = [field.getBoundingClientRect(), seenFrom.getBoundingClientRect()];
  return {
    left: at.left - from.left + offsetLeft - field.scrollLeft,
    top: at.top - from.top + offsetTop - field.scrollTop,
    height: offsetHeight,
  };
}
