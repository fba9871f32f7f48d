/** "deadlinesMoved", as a job names what it counted → "deadlines moved". */
export function countWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

export function countLabel(name: string): string {
  const words = countWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
