import classes from './charts.module.css';
import type { Band } from './scale';

interface LegendProps {
  bands: Band[];
  onPoint: (band: number | null) => void;
}

/** Names and colours in the order of the pile, top first. */
export function Legend({ bands, onPoint }: LegendProps) {
  return (
    <ul className={classes.legend}>
      {bands
        .map((band, i) => (
          <li key={band.id} onPointerEnter={() => onPoint(i)} onPointerLeave={() => onPoint(null)}>
            <span className={classes.swatch} style={{ background: band.color }} />
            {band.name}
          </li>
        ))
        .reverse()}
    </ul>
  );
}
