/** Where a node stands, and how its name is written beside it. */
export interface Place {
  x: number;
  y: number;
  /** Degrees by which the name is turned about the node, so that it reads from the left. */
  turn: number;
  anchor: 'start' | 'end';
}

export interface Ring {
  width: number;
  height: number;
  places: Place[];
  /** How many letters of a name there is room for. */
  letters: number;
}

const LETTER = 7.2;
const GAP = 12;
/** Up to so many names stand upright; more of them are turned like spokes. */
const UPRIGHT = 12;

/** Places nodes around the middle of a drawing that is so many pixels wide, from the top on, clockwise. */
export function ring(count: number, width: number): Ring {
  const spokes = count > UPRIGHT;
  const room = Math.min(spokes ? 190 : 230, width * (spokes ? 0.27 : 0.31));
  const rx = Math.max(40, Math.min(width / 2 - room, spokes ? 190 : 240));
  const ry = spokes ? rx : Math.max(60, Math.min(24 * Math.ceil(count / 2), 150));
  const height = 2 * (ry + (spokes ? room : 24));
  const places = Array.from({ length: count }, (_, i): Place => {
    const angle = ((i + 0.5) / count) * 2 * Math.PI - Math.PI / 2;
    const left = Math.cos(angle) < 0;
    const turn = spokes ? (angle * 180) / Math.PI + (left ? 180 : 0) : 0;
    return {
      x: width / 2 + rx * Math.cos(angle),
      y: height / 2 + ry * Math.sin(angle),
      turn,
      anchor: left ? 'end' : 'start',
    };
  });
  return { width, height, places, letters: Math.max(5, Math.floor((room - GAP) / LETTER)) };
}

export function cut(name: string, letters: number): string {
  return name.length <= letters ? name : `${name.slice(0, letters - 1).trimEnd()}…`;
}
