"""Sessions that are followed, attendance at halls, quizzes, fairness of marking."""

import re
import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


SHARE = "watching_share BETWEEN 10 AND 100"


def upgrade() -> None:
    """Add the tables and columns."""
    op.create_table(
        "bank_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=200), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user_account.id"], name=op.f("fk_bank_question_created_by")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_bank_question_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_question")),
    )
    with op.batch_alter_table("bank_question", schema=None) as batch_op:
        batch_op.create_index("ix_bank_question_unit_part", ["unit_id", "part"], unique=False)

    op.create_table(
        "calibration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "open",
                "closed",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "stage = 'draft' OR begun_at IS NOT NULL",
            name=op.f("ck_calibration_begun_has_a_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["user_account.id"], name=op.f("fk_calibration_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["study_round.id"],
            name=op.f("fk_calibration_round_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration")),
    )
    with op.batch_alter_table("calibration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calibration_round_id"), ["round_id"], unique=False)

    op.create_table(
        "document_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("file_key", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=1000), nullable=False),
        sa.Column("pdf_key", sa.String(length=64), nullable=False),
        sa.Column(
            "drawn",
            sa.Enum(
                "never",
                "in_work",
                "ready",
                "unreadable",
                name="drawn",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["user_account.id"], name=op.f("fk_document_attachment_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_attachment_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_attachment")),
    )
    with op.batch_alter_table("document_attachment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_document_attachment_document_id"), ["document_id"], unique=False
        )

    op.create_table(
        "question_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "single",
                "multiple",
                "truth",
                "order",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["user_account.id"], name=op.f("fk_question_edition_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["bank_question.id"], name=op.f("fk_question_edition_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_edition")),
        sa.UniqueConstraint(
            "question_id", "number", name=op.f("uq_question_edition_question_id_number")
        ),
    )
    op.create_table(
        "reread_sample",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.Column("codes", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("drawn_by", sa.Uuid(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("concluded_at", sa.DateTime(), nullable=True),
        sa.Column("concluded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "share IS NULL OR share BETWEEN 1 AND 100",
            name=op.f("ck_reread_sample_share_is_a_percentage"),
        ),
        sa.ForeignKeyConstraint(
            ["concluded_by"], ["user_account.id"], name=op.f("fk_reread_sample_concluded_by")
        ),
        sa.ForeignKeyConstraint(
            ["drawn_by"], ["user_account.id"], name=op.f("fk_reread_sample_drawn_by")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["study_round.id"], name=op.f("fk_reread_sample_round_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reread_sample_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reread_sample")),
    )
    with op.batch_alter_table("reread_sample", schema=None) as batch_op:
        batch_op.create_index("ix_reread_sample_round_unit", ["round_id", "unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reread_sample_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "absence_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("cell_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "granted",
                "declined",
                "withdrawn",
                name="absencestate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("evidence", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.CheckConstraint("reason != ''", name=op.f("ck_absence_request_has_a_reason")),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_absence_request_cell_id")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user_account.id"], name=op.f("fk_absence_request_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["study_session.id"],
            name=op.f("fk_absence_request_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_absence_request_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence_request")),
    )
    with op.batch_alter_table("absence_request", schema=None) as batch_op:
        batch_op.create_index("ix_absence_request_cell_state", ["cell_id", "state"], unique=False)
        batch_op.create_index("ix_absence_request_user", ["user_id"], unique=False)
        batch_op.create_index(
            "uq_absence_request_one_open",
            ["session_id", "user_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "attachment_page",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("picture_key", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["document_attachment.id"],
            name=op.f("fk_attachment_page_attachment_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment_page")),
        sa.UniqueConstraint(
            "attachment_id", "position", name=op.f("uq_attachment_page_attachment_id_position")
        ),
    )
    with op.batch_alter_table("attachment_page", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attachment_page_attachment_id"), ["attachment_id"], unique=False
        )

    op.create_table(
        "attendance_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(length=1000), nullable=False),
        sa.Column(
            "taken_as",
            sa.Enum(
                "on_site",
                "online",
                "made_up",
                "excused",
                "absent",
                name="presence",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("least_minutes", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "taken",
                "undone",
                name="liststate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("brought_by", sa.Uuid(), nullable=False),
        sa.Column("brought_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["brought_by"], ["user_account.id"], name=op.f("fk_attendance_list_brought_by")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["study_session.id"],
            name=op.f("fk_attendance_list_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_list")),
    )
    with op.batch_alter_table("attendance_list", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_list_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "bridge_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("hall", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("keeper_id", sa.Uuid(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("difference", sa.String(length=1000), nullable=False),
        sa.Column("papers", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=False),
        sa.Column("planned_at", sa.DateTime(), nullable=False),
        sa.Column("signed_off_by", sa.Uuid(), nullable=True),
        sa.Column("signed_off_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "headcount IS NULL OR headcount >= 0", name=op.f("ck_bridge_point_counted")
        ),
        sa.ForeignKeyConstraint(
            ["keeper_id"], ["user_account.id"], name=op.f("fk_bridge_point_keeper_id")
        ),
        sa.ForeignKeyConstraint(
            ["planned_by"], ["user_account.id"], name=op.f("fk_bridge_point_planned_by")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["study_session.id"],
            name=op.f("fk_bridge_point_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["signed_off_by"], ["user_account.id"], name=op.f("fk_bridge_point_signed_off_by")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_bridge_point_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bridge_point")),
    )
    with op.batch_alter_table("bridge_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bridge_point_keeper_id"), ["keeper_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_bridge_point_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "calibration_seat",
        sa.Column("calibration_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "post",
            sa.Enum(
                "secretary",
                "deputy",
                "committee_member",
                "officer",
                "overseer",
                "admin",
                name="post",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["calibration_id"],
            ["calibration.id"],
            name=op.f("fk_calibration_seat_calibration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_calibration_seat_unit_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_calibration_seat_user_id")
        ),
        sa.PrimaryKeyConstraint("calibration_id", "user_id", name=op.f("pk_calibration_seat")),
    )
    with op.batch_alter_table("calibration_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calibration_seat_user_id"), ["user_id"], unique=False)

    op.create_table(
        "followed_session",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("credited_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["study_session.id"],
            name=op.f("fk_followed_session_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_followed_session_user_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "user_id", name=op.f("pk_followed_session")),
    )
    with op.batch_alter_table("followed_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_followed_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "inquiry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("topic", sa.String(length=1000), nullable=False),
        sa.Column("asker_id", sa.Uuid(), nullable=False),
        sa.Column("without_name", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "answered",
                "published",
                "merged",
                "hidden",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_because", sa.String(length=1000), nullable=False),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(state = 'merged') = (merged_into_id IS NOT NULL)",
            name=op.f("ck_inquiry_merged_into_another"),
        ),
        sa.CheckConstraint(
            "state != 'hidden' OR hidden_because != ''",
            name=op.f("ck_inquiry_hidden_with_a_reason"),
        ),
        sa.CheckConstraint(
            "state != 'published' OR answer != ''", name=op.f("ck_inquiry_published_with_an_answer")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["user_account.id"], name=op.f("fk_inquiry_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["user_account.id"], name=op.f("fk_inquiry_asker_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["inquiry.id"], name=op.f("fk_inquiry_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["study_round.id"], name=op.f("fk_inquiry_round_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["study_session.id"],
            name=op.f("fk_inquiry_session_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
    )
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inquiry_asker_id"), ["asker_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_inquiry_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_inquiry_round_id"), ["round_id"], unique=False)
        batch_op.create_index("ix_inquiry_session_state", ["session_id", "state"], unique=False)

    op.create_table(
        "live_stream",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("client", sa.String(length=40), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("began_by", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("file", sa.String(length=1000), nullable=False),
        sa.Column("taken_over_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["began_by"], ["user_account.id"], name=op.f("fk_live_stream_began_by")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["study_session.id"],
            name=op.f("fk_live_stream_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_stream")),
    )
    with op.batch_alter_table("live_stream", schema=None) as batch_op:
        batch_op.create_index("ix_live_stream_session", ["session_id", "began_at"], unique=False)

    op.create_table(
        "meeting_sighting",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("first_at", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("seconds", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["study_session.id"],
            name=op.f("fk_meeting_sighting_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_meeting_sighting_user_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "user_id", name=op.f("pk_meeting_sighting")),
    )
    with op.batch_alter_table("meeting_sighting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_sighting_user_id"), ["user_id"], unique=False)

    op.create_table(
        "quiz",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_quiz_closes_after_it_opens")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user_account.id"], name=op.f("fk_quiz_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["study_round.id"], name=op.f("fk_quiz_round_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["study_session.id"],
            name=op.f("fk_quiz_session_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz")),
    )
    with op.batch_alter_table("quiz", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_closes_at"), ["closes_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_quiz_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quiz_session_id"), ["session_id"], unique=False)

    op.create_table(
        "review_substitution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cell_id", sa.Uuid(), nullable=False),
        sa.Column("essay_id", sa.Uuid(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("absent_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("reason != ''", name=op.f("ck_review_substitution_has_a_reason")),
        sa.CheckConstraint(
            "until >= since", name=op.f("ck_review_substitution_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["absent_id"], ["user_account.id"], name=op.f("fk_review_substitution_absent_id")
        ),
        sa.ForeignKeyConstraint(
            ["cell_id"], ["unit.id"], name=op.f("fk_review_substitution_cell_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["user_account.id"], name=op.f("fk_review_substitution_ended_by")
        ),
        sa.ForeignKeyConstraint(
            ["essay_id"], ["essay.id"], name=op.f("fk_review_substitution_essay_id")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["user_account.id"], name=op.f("fk_review_substitution_officer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_substitution")),
    )
    with op.batch_alter_table("review_substitution", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_substitution_cell_id"), ["cell_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_review_substitution_officer_id"), ["officer_id"], unique=False
        )

    op.create_table(
        "session_meeting",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("room", sa.String(length=80), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["user_account.id"], name=op.f("fk_session_meeting_opened_by")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["study_session.id"],
            name=op.f("fk_session_meeting_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_meeting")),
    )
    op.create_table(
        "session_source",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "none",
                "stream",
                "recording",
                "bigbluebutton",
                "jitsi",
                "link",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("key_hash", sa.String(length=64), server_default="", nullable=False),
        sa.Column("key_made_at", sa.DateTime(), nullable=True),
        sa.Column("key_made_by", sa.Uuid(), nullable=True),
        sa.Column("over_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["key_made_by"], ["user_account.id"], name=op.f("fk_session_source_key_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["study_session.id"],
            name=op.f("fk_session_source_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_source")),
    )
    op.create_table(
        "attendance_list_line",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=1000), nullable=False),
        sa.Column("beside", sa.String(length=1000), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("is_sure", sa.Boolean(), nullable=False),
        sa.Column("candidates", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("before", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["attendance_list.id"],
            name=op.f("fk_attendance_list_line_list_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_attendance_list_line_user_id")
        ),
        sa.PrimaryKeyConstraint("list_id", "number", name=op.f("pk_attendance_list_line")),
    )
    op.create_table(
        "bridge_cell",
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["point_id"],
            ["bridge_point.id"],
            name=op.f("fk_bridge_cell_point_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_bridge_cell_unit_id")),
        sa.PrimaryKeyConstraint("point_id", "unit_id", name=op.f("pk_bridge_cell")),
    )
    op.create_table(
        "bridge_mark",
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "on_site",
                "online",
                "made_up",
                "excused",
                "absent",
                name="presence",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("before_reason", sa.String(length=1000), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=False),
        sa.Column("marked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["marked_by"], ["user_account.id"], name=op.f("fk_bridge_mark_marked_by")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"],
            ["bridge_point.id"],
            name=op.f("fk_bridge_mark_point_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["study_session.id"],
            name=op.f("fk_bridge_mark_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_bridge_mark_user_id")
        ),
        sa.PrimaryKeyConstraint("point_id", "user_id", name=op.f("pk_bridge_mark")),
    )
    with op.batch_alter_table("bridge_mark", schema=None) as batch_op:
        batch_op.create_index(
            "ix_bridge_mark_session_user", ["session_id", "user_id"], unique=False
        )

    op.create_table(
        "calibration_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("calibration_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("parts", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["calibration_id"],
            ["calibration.id"],
            name=op.f("fk_calibration_text_calibration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["essay_version.id"], name=op.f("fk_calibration_text_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_text")),
        sa.UniqueConstraint(
            "calibration_id", "position", name=op.f("uq_calibration_text_calibration_id_position")
        ),
    )
    op.create_table(
        "good_essay",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("essay_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "progress",
            sa.Enum(
                "proposed",
                "declined",
                "asked",
                "refused",
                "agreed",
                name="progress",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.String(length=1000), server_default="", nullable=False),
        sa.Column(
            "naming",
            sa.Enum(
                "name",
                "cell",
                "nobody",
                name="naming",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("said_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "progress != 'agreed' OR naming IS NOT NULL", name=op.f("ck_good_essay_agreed_says_how")
        ),
        sa.CheckConstraint(
            "progress NOT IN ('declined', 'asked') OR answered_at IS NOT NULL",
            name=op.f("ck_good_essay_answered_has_a_moment"),
        ),
        sa.CheckConstraint("reason != ''", name=op.f("ck_good_essay_has_a_reason")),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["user_account.id"], name=op.f("fk_good_essay_answered_by")
        ),
        sa.ForeignKeyConstraint(["essay_id"], ["essay.id"], name=op.f("fk_good_essay_essay_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["user_account.id"], name=op.f("fk_good_essay_proposed_by")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["essay_version.id"], name=op.f("fk_good_essay_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_good_essay")),
        sa.UniqueConstraint(
            "version_id", "decided_at", name=op.f("uq_good_essay_version_id_decided_at")
        ),
    )
    with op.batch_alter_table("good_essay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_good_essay_essay_id"), ["essay_id"], unique=False)
        batch_op.create_index("ix_good_essay_progress", ["progress", "proposed_at"], unique=False)

    op.create_table(
        "quiz_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("quiz_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draws", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("shuffles_questions", sa.Boolean(), nullable=False),
        sa.Column("shuffles_options", sa.Boolean(), nullable=False),
        sa.Column("shows_result", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["user_account.id"], name=op.f("fk_quiz_edition_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["quiz_id"], ["quiz.id"], name=op.f("fk_quiz_edition_quiz_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_edition")),
        sa.UniqueConstraint("quiz_id", "number", name=op.f("uq_quiz_edition_quiz_id_number")),
    )
    op.create_table(
        "recording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=1000), nullable=False),
        sa.Column("taken_from", sa.String(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "in_work",
                "ready",
                "failed",
                name="recordingstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("refusal", sa.String(length=1000), nullable=False),
        sa.Column("original_key", sa.String(length=64), nullable=False),
        sa.Column("original_size", sa.BigInteger(), nullable=False),
        sa.Column("video_key", sa.String(length=64), nullable=False),
        sa.Column("video_size", sa.BigInteger(), nullable=False),
        sa.Column("audio_key", sa.String(length=64), nullable=False),
        sa.Column("audio_size", sa.BigInteger(), nullable=False),
        sa.Column("poster_key", sa.String(length=64), nullable=False),
        sa.Column("duration", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("ready_at", sa.DateTime(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["user_account.id"], name=op.f("fk_recording_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["study_session.id"], name=op.f("fk_recording_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["agenda_item.id"],
            name=op.f("fk_recording_topic_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
    )
    with op.batch_alter_table("recording", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recording_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recording_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "recording_arrival",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["user_account.id"], name=op.f("fk_recording_arrival_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["study_session.id"],
            name=op.f("fk_recording_arrival_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"],
            ["agenda_item.id"],
            name=op.f("fk_recording_arrival_topic_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording_arrival")),
    )
    with op.batch_alter_table("recording_arrival", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recording_arrival_session_id"), ["session_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_recording_arrival_touched_at"), ["touched_at"], unique=False
        )

    op.create_table(
        "reread",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sample_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("essay_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("cell_id", sa.Uuid(), nullable=False),
        sa.Column("judges", sa.Text(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "accept",
                "return",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "grade",
            sa.Enum(
                "average",
                "fair",
                "good",
                "excellent",
                name="grade",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("reader_id", sa.Uuid(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "agrees OR agrees IS NULL OR remark != ''", name=op.f("ck_reread_a_difference_is_told")
        ),
        sa.CheckConstraint(
            "(agrees IS NULL) = (reader_id IS NULL)", name=op.f("ck_reread_somebody_says_it")
        ),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_reread_cell_id")),
        sa.ForeignKeyConstraint(["essay_id"], ["essay.id"], name=op.f("fk_reread_essay_id")),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["user_account.id"], name=op.f("fk_reread_reader_id")
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["reread_sample.id"], name=op.f("fk_reread_sample_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["essay_version.id"], name=op.f("fk_reread_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reread")),
        sa.UniqueConstraint("sample_id", "version_id", name="uq_reread_once_in_a_sample"),
    )
    with op.batch_alter_table("reread", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reread_essay_id"), ["essay_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reread_sample_id"), ["sample_id"], unique=False)

    op.create_table(
        "typing_presence",
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("window", sa.String(length=32), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["essay_transcript.id"],
            name=op.f("fk_typing_presence_transcript_id"),
        ),
        sa.PrimaryKeyConstraint("transcript_id", name=op.f("pk_typing_presence")),
    )
    op.create_table(
        "calibration_judgement",
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "accept",
                "return",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "grade",
            sa.Enum(
                "average",
                "fair",
                "good",
                "excellent",
                name="grade",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("parts", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "outcome = 'accept' OR grade IS NULL",
            name=op.f("ck_calibration_judgement_only_accepted_is_graded"),
        ),
        sa.CheckConstraint(
            "points BETWEEN 0 AND 1000", name=op.f("ck_calibration_judgement_from_0_to_10")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["calibration_text.id"],
            name=op.f("fk_calibration_judgement_text_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_calibration_judgement_user_id")
        ),
        sa.PrimaryKeyConstraint("text_id", "user_id", name=op.f("pk_calibration_judgement")),
    )
    op.create_table(
        "quiz_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("quiz_id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(), nullable=True),
        sa.Column("by_time", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(handed_in_at IS NULL) = (score IS NULL)",
            name=op.f("ck_quiz_attempt_scored_when_handed_in"),
        ),
        sa.CheckConstraint(
            "(passed IS NULL) = (score IS NULL)", name=op.f("ck_quiz_attempt_judged_when_scored")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["quiz_edition.id"], name=op.f("fk_quiz_attempt_edition_id")
        ),
        sa.ForeignKeyConstraint(["quiz_id"], ["quiz.id"], name=op.f("fk_quiz_attempt_quiz_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_quiz_attempt_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_attempt")),
        sa.UniqueConstraint(
            "quiz_id", "user_id", "number", name=op.f("uq_quiz_attempt_quiz_id_user_id_number")
        ),
    )
    with op.batch_alter_table("quiz_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_attempt_user_id"), ["user_id"], unique=False)
        batch_op.create_index("ix_quiz_attempt_waiting", ["handed_in_at", "ends_at"], unique=False)

    op.create_table(
        "recording_caption",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recording_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("file_key", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recording.id"], name=op.f("fk_recording_caption_recording_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording_caption")),
        sa.UniqueConstraint(
            "recording_id", "language", name=op.f("uq_recording_caption_recording_id_language")
        ),
    )
    op.create_table(
        "recording_watching",
        sa.Column("recording_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("spans", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("allowance", sa.Integer(), nullable=False),
        sa.Column("heard_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recording.id"], name=op.f("fk_recording_watching_recording_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_recording_watching_user_id")
        ),
        sa.PrimaryKeyConstraint("recording_id", "user_id", name=op.f("pk_recording_watching")),
    )
    with op.batch_alter_table("recording_watching", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recording_watching_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "drawn_question",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("shown", sa.String(length=100), nullable=False),
        sa.Column("answer", sa.String(length=100), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["quiz_attempt.id"], name=op.f("fk_drawn_question_attempt_id")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["question_edition.id"], name=op.f("fk_drawn_question_edition_id")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_drawn_question")),
    )
    with op.batch_alter_table("drawn_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_drawn_question_edition_id"), ["edition_id"], unique=False
        )

    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "basis",
                sa.Enum(
                    "session",
                    "recording",
                    "paper",
                    "request",
                    "bridge",
                    "list",
                    name="basis",
                    native_enum=False,
                    create_constraint=True,
                    length=30,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("basis_id", sa.Uuid(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "was",
                sa.Enum(
                    "on_site",
                    "online",
                    "made_up",
                    "excused",
                    "absent",
                    name="was",
                    native_enum=False,
                    create_constraint=True,
                    length=30,
                ),
                nullable=True,
            )
        )

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("substitution_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_decision_substitution_id"),
            "review_substitution",
            ["substitution_id"],
            ["id"],
        )

    with op.batch_alter_table("document_part", schema=None) as batch_op:
        batch_op.add_column(sa.Column("folded", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("made_up", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("quizzed", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("study_round", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("asks_for_quiz", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("watching_counts", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("watching_share", sa.Integer(), server_default="80", nullable=False)
        )

    with op.batch_alter_table("study_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("moderator_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("made_up_of_id", sa.Uuid(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_study_session_made_up_of_id"), ["made_up_of_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_study_session_made_up_of_id"), "study_session", ["made_up_of_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_study_session_moderator_id"), "user_account", ["moderator_id"], ["id"]
        )

    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.add_column(sa.Column("made_up", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("quizzed", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("study_round") as batch:
        batch.create_check_constraint(op.f("ck_study_round_share_of_a_recording"), SHARE)
    _count_made_up()
    _fold_texts()


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("study_round") as batch:
        batch.drop_constraint(op.f("ck_study_round_share_of_a_recording"), type_="check")
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.drop_column("quizzed")
        batch_op.drop_column("made_up")

    with op.batch_alter_table("study_session", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_study_session_moderator_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_study_session_made_up_of_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_study_session_made_up_of_id"))
        batch_op.drop_column("made_up_of_id")
        batch_op.drop_column("moderator_id")

    with op.batch_alter_table("study_round", schema=None) as batch_op:
        batch_op.drop_column("watching_share")
        batch_op.drop_column("watching_counts")
        batch_op.drop_column("asks_for_quiz")

    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.drop_column("quizzed")
        batch_op.drop_column("made_up")

    with op.batch_alter_table("document_part", schema=None) as batch_op:
        batch_op.drop_column("folded")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_decision_substitution_id"), type_="foreignkey")
        batch_op.drop_column("substitution_id")

    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_attendance_was"), type_="check")
        batch_op.drop_column("was")
        batch_op.drop_column("basis_id")
        batch_op.drop_constraint(op.f("ck_attendance_basis"), type_="check")
        batch_op.drop_column("basis")

    with op.batch_alter_table("drawn_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drawn_question_edition_id"))

    op.drop_table("drawn_question")
    with op.batch_alter_table("recording_watching", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recording_watching_user_id"))

    op.drop_table("recording_watching")
    op.drop_table("recording_caption")
    with op.batch_alter_table("quiz_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_quiz_attempt_waiting")
        batch_op.drop_index(batch_op.f("ix_quiz_attempt_user_id"))

    op.drop_table("quiz_attempt")
    op.drop_table("calibration_judgement")
    op.drop_table("typing_presence")
    with op.batch_alter_table("reread", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reread_sample_id"))
        batch_op.drop_index(batch_op.f("ix_reread_essay_id"))

    op.drop_table("reread")
    with op.batch_alter_table("recording_arrival", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recording_arrival_touched_at"))
        batch_op.drop_index(batch_op.f("ix_recording_arrival_session_id"))

    op.drop_table("recording_arrival")
    with op.batch_alter_table("recording", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recording_topic_id"))
        batch_op.drop_index(batch_op.f("ix_recording_session_id"))

    op.drop_table("recording")
    op.drop_table("quiz_edition")
    with op.batch_alter_table("good_essay", schema=None) as batch_op:
        batch_op.drop_index("ix_good_essay_progress")
        batch_op.drop_index(batch_op.f("ix_good_essay_essay_id"))

    op.drop_table("good_essay")
    op.drop_table("calibration_text")
    with op.batch_alter_table("bridge_mark", schema=None) as batch_op:
        batch_op.drop_index("ix_bridge_mark_session_user")

    op.drop_table("bridge_mark")
    op.drop_table("bridge_cell")
    op.drop_table("attendance_list_line")
    op.drop_table("session_source")
    op.drop_table("session_meeting")
    with op.batch_alter_table("review_substitution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_substitution_officer_id"))
        batch_op.drop_index(batch_op.f("ix_review_substitution_cell_id"))

    op.drop_table("review_substitution")
    with op.batch_alter_table("quiz", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_session_id"))
        batch_op.drop_index(batch_op.f("ix_quiz_round_id"))
        batch_op.drop_index(batch_op.f("ix_quiz_closes_at"))

    op.drop_table("quiz")
    with op.batch_alter_table("meeting_sighting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_sighting_user_id"))

    op.drop_table("meeting_sighting")
    with op.batch_alter_table("live_stream", schema=None) as batch_op:
        batch_op.drop_index("ix_live_stream_session")

    op.drop_table("live_stream")
    with op.batch_alter_table("inquiry", schema=None) as batch_op:
        batch_op.drop_index("ix_inquiry_session_state")
        batch_op.drop_index(batch_op.f("ix_inquiry_round_id"))
        batch_op.drop_index(batch_op.f("ix_inquiry_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_inquiry_asker_id"))

    op.drop_table("inquiry")
    with op.batch_alter_table("followed_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_followed_session_user_id"))

    op.drop_table("followed_session")
    with op.batch_alter_table("calibration_seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calibration_seat_user_id"))

    op.drop_table("calibration_seat")
    with op.batch_alter_table("bridge_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bridge_point_session_id"))
        batch_op.drop_index(batch_op.f("ix_bridge_point_keeper_id"))

    op.drop_table("bridge_point")
    with op.batch_alter_table("attendance_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_list_session_id"))

    op.drop_table("attendance_list")
    with op.batch_alter_table("attachment_page", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_page_attachment_id"))

    op.drop_table("attachment_page")
    with op.batch_alter_table("absence_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_absence_request_one_open",
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.drop_index("ix_absence_request_user")
        batch_op.drop_index("ix_absence_request_cell_state")

    op.drop_table("absence_request")
    with op.batch_alter_table("reread_sample", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reread_sample_unit_id"))
        batch_op.drop_index("ix_reread_sample_round_unit")

    op.drop_table("reread_sample")
    op.drop_table("question_edition")
    with op.batch_alter_table("document_attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_attachment_document_id"))

    op.drop_table("document_attachment")
    with op.batch_alter_table("calibration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calibration_round_id"))

    op.drop_table("calibration")
    with op.batch_alter_table("bank_question", schema=None) as batch_op:
        batch_op.drop_index("ix_bank_question_unit_part")

    op.drop_table("bank_question")


def _fold_texts() -> None:
    """The words of what the library holds already, as they are looked for."""
    part = sa.table(
        "document_part",
        sa.column("id", sa.Uuid()),
        sa.column("number", sa.String()),
        sa.column("title", sa.String()),
        sa.column("paragraphs", sa.JSON()),
        sa.column("folded", sa.Text()),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(part)).all():
        texts = (row.number, row.title, *row.paragraphs)
        folded = "".join(f" {word}" for text in texts for word in re.findall(r"\w+", _fold(text)))
        connection.execute(part.update().where(part.c.id == row.id).values(folded=folded))


def _fold(text: str) -> str:
    """Lower case without any mark, đ as d."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _count_made_up() -> None:
    """Who attended only by making up, and how many of each unit of each round."""
    op.execute(
        """
        UPDATE progress SET made_up = true
        WHERE attended AND EXISTS (
            SELECT 1
            FROM summons
            JOIN study_round ON study_round.id = summons.round_id
            WHERE summons.id = progress.summons_id AND (
                SELECT count(*)
                FROM attendance
                JOIN study_session ON study_session.id = attendance.session_id
                WHERE study_session.round_id = summons.round_id
                    AND attendance.user_id = summons.user_id
                    AND attendance.presence IN ('on_site', 'online')
            ) < CASE WHEN study_round.attendance_rule = 'every'
                THEN (
                    SELECT count(*) FROM study_session
                    WHERE study_session.round_id = summons.round_id
                )
                ELSE 1
            END
        )
        """
    )
    op.execute(
        """
        UPDATE tally SET made_up = (
            SELECT count(*)
            FROM progress
            JOIN summons ON summons.id = progress.summons_id
            WHERE summons.round_id = tally.round_id
                AND summons.cell_path LIKE tally.path || '%'
                AND summons.call = 'required' AND progress.attended AND progress.made_up
        )
        """
    )
