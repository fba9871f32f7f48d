import classes from './charts.module.css';

interface TipProps {
  x: number;
  y: number;
  /** Of the chart: the tip stays inside. */
  width: number;
  title: string;
  color: string;
  text: string;
}

const WIDTH = 240;

export function Tip({ x, y, width, title, color, text }: TipProps) {
  const left = Math.min(Math.max(0, x - WIDTH / 2), Math.max(0, width - WIDTH));
  // Screen readers hear the same from the piece itself.
  return (
    <div className={classes.tip} style={{ left, top: y - 8, width: WIDTH }} aria-hidden>
      <div className={classes.tipTitle}>
        <span className={classes.swatch} style={{ background: color }} />
        {title}
      </div>
      {text}
    </div>
  );
}
