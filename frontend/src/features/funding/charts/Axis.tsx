import classes from './charts.module.css';

interface AxisProps {
  lines: number[];
  y: (value: number) => number;
  left: number;
  right: number;
  show: (value: number) => string;
}

export function Axis({ lines, y, left, right, show }: AxisProps) {
  return (
    <g aria-hidden>
      {lines.map((value) => (
        <g key={value}>
          <line
            x1={left}
            x2={right}
            y1={y(value)}
            y2={y(value)}
            className={value === 0 ? classes.zero : classes.line}
          />
          <text x={left - 8} y={y(value)} className={classes.tick}>
            {show(value)}
          </text>
        </g>
      ))}
    </g>
  );
}
