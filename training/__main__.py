"""``python -m training words|recogniser|ranker|evaluate CORPORA``: rebuild and measure what geoevents has learned."""

from pathlib import Path

import click

PLACES = Path(__file__).resolve().parent.parent / "geoevents" / "places"
WEIGHTS = PLACES / "weights"


@click.group()
def main() -> None:
    """Rebuild the weights that geoevents carries."""


@main.command()
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), default=PLACES / "data", show_default=True)
def words(corpora: Path, out: Path) -> None:
    """Count the lists of personal names and of common words."""
    from training.words import count

    count(corpora, out)


@main.command()
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), default=WEIGHTS, show_default=True)
def recogniser(corpora: Path, out: Path) -> None:
    """Train the recogniser from the labelled texts below CORPORA/ner."""
    from training.recogniser import train

    train(corpora, out, click.echo)


@main.command()
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), default=WEIGHTS, show_default=True)
def ranker(corpora: Path, out: Path) -> None:
    """Train the resolver's ranker from the toponyms below CORPORA/geoparsing."""
    from training.ranker import train

    train(corpora, out, click.echo)


@main.command()
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True)
def evaluate(corpora: Path, out: Path) -> None:
    """Measure recogniser and ranker, and write predictions for the scorer of the corpora."""
    from training.evaluation import evaluate as measure

    measure(corpora, out, click.echo)


@main.command()
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("predicted", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The picture, such as curve.svg.")
def reliability(corpora: Path, predicted: Path, out: Path) -> None:
    """Tell how often a resolution of some confidence is right, from what `evaluate` wrote into PREDICTED."""
    from training.reliability import reliability as tell

    tell(corpora, predicted, out, click.echo)


if __name__ == "__main__":
    main()
