/** Words that are often meant, each one tap. */
export function Chips({
  words,
  chosen,
  choose,
}: {
  words: readonly string[];
  chosen: string;
  choose: (word: string) => void;
}) {
  return (
    <div className="k-chips">
      {words.map((word) => (
        <button
          key={word}
          type="button"
          className="k-chip"
          aria-pressed={chosen === word}
          onClick={() => choose(word)}
        >
          {word}
        </button>
      ))}
    </div>
  );
}
