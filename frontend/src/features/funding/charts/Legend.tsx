import classes from './charts.module.css';
import type { Band } from './scale';

interface LegendProps {
  bands: Band[];
  onPoint: (band: number | null) => void;
  /** The name of the line across the columns. */
  line?: string | undefined;
}

/** Names and colours in the order of the pile, top first. */
export function Legend({ bands, onPoint, line }: LegendProps) {
  return (
    <ul className={classes.legend}>
      {line && (
        <li>
          <span className={classes.stroke} />
          {line}
        </li>
      )}
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
