"""Search over lessons, names, the library and pages, beside what is said in the videos"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

FROM = ("course", "lesson", "term", "reference", "page", "quiz", "checklist")
# As the index of what is said (0004), in three columns: where a word stands decides how well it is met.
SQLITE = (
    """CREATE VIRTUAL TABLE search_index_things USING fts5(
        title, head, words, content='search_text', content_rowid='thing_id', columnsize=0, prefix='2 3 4 5',
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* S* P* Co Cn'")""",
    """CREATE TRIGGER search_index_things_added AFTER INSERT ON search_text BEGIN
        INSERT INTO search_index_things(rowid, title, head, words)
        VALUES (new.thing_id, new.title, new.head, new.words); END""",
    """CREATE TRIGGER search_index_things_removed AFTER DELETE ON search_text BEGIN
        INSERT INTO search_index_things(search_index_things, rowid, title, head, words)
        VALUES ('delete', old.thing_id, old.title, old.head, old.words); END""",
)
POSTGRESQL = tuple(
    f"""CREATE INDEX search_index_things_{column} ON search_text USING gin (to_tsvector('simple', {column}))
        WITH (fastupdate = off)"""
    for column in ("title", "head", "words")
)


def upgrade() -> None:
    op.create_table(
        "search_thing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("shelf", sa.String(length=32), nullable=False),
        *(sa.Column(f"{table}_id", sa.Integer(), nullable=True) for table in FROM),
        sa.Column("original_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *(_to("search_thing", f"{table}_id", table) for table in FROM),
        _to("search_thing", "original_id", "page"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_thing")),
    )
    for column in (*(f"{table}_id" for table in FROM), "original_id"):
        op.create_index(op.f(f"ix_search_thing_{column}"), "search_thing", [column])
    op.create_table(
        "search_text",
        sa.Column("thing_id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "head", "words")),
        _to("search_text", "thing_id", "search_thing"),
        sa.PrimaryKeyConstraint("thing_id", name=op.f("pk_search_text")),
    )
    op.create_table(
        "search_section",
        sa.Column("thing_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("anchor", sa.String(length=200), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("lines", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _to("search_section", "thing_id", "search_thing"),
        sa.PrimaryKeyConstraint("thing_id", "number", name=op.f("pk_search_section")),
    )
    op.create_table(
        "search_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        _to("search_name", "term_id", "term"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_name")),
    )
    op.create_index(op.f("ix_search_name_term_id"), "search_name", ["term_id"])
    op.create_index(op.f("ix_search_name_key"), "search_name", ["key"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index_things")
    for table in ("search_name", "search_section", "search_text", "search_thing"):
        op.drop_table(table)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE")
